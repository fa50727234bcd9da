"""A new department's plugin: the templates of its files, and what fills them."""
