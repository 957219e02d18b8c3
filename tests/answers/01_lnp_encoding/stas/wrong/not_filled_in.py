# Misconception: none, the stub was left as it is
# Hint: This exercise is not filled in yet.
def stas(WN_images, WN_counts, NS_images, NS_counts):
    # YOUR CODE HERE
    raise NotImplementedError()


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)
