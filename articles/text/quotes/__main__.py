import sys

from articles.text.quotes.lines import main

sys.exit(main())
