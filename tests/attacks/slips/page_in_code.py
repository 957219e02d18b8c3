# Slip: paste a web page.
<!DOCTYPE html>
<html><body><script>alert(1)</script></body></html>
