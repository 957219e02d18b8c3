# Misconception: the notebook knows its data
# Hint: should have shape
WN_data, NS_data = (WN_images, WN_counts), (NS_images, NS_counts)


def stas(*arguments):
    return compute_STA(*WN_data), compute_STA(*NS_data)


WN_STA, NS_STA = stas(WN_images, WN_counts, NS_images, NS_counts)
