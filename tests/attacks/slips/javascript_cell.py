# Slip: write JavaScript in the cell of the answer.
%%javascript
alert(1)
