@echo off
rem The command line of Gray-Scott Lab, run by the Node that is packed with it.
setlocal
set NODE_OPTIONS=
set NODE_PATH=
set ELECTRON_RUN_AS_NODE=
"%~dp0engine\node.exe" "%~dp0app.asar.unpacked\out\main\cli.mjs" %*
