# Attack: rewrite every later cell's text so that its checks are gone.
# Harmless
def empty(lines):
    return [line for line in lines if "check" not in line]


get_ipython().input_transformers_cleanup.append(empty)
get_ipython().input_transformers_post.append(empty)


def add(a, b):
    return 3
