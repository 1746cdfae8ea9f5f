import sys

from articles.text.follow.lines import main

sys.exit(main())
