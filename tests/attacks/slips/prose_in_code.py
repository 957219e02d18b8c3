# Slip: answer in prose.
I would add the two numbers, because addition does that.
Then I would return the result.
