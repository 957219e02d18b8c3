# Slip: write a shell script in the cell of the answer.
%%bash
echo add
