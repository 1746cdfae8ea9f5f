"""The fact-check desk, where one person goes through an article's claims one after the other.

`views` answers, `sheet` shows the text, `panel` the chosen claim, `forms` and `acts` do what a
person decides, `watch` keeps how long it took.
"""
