"""OSeMOSYS data (GNU MathProg files, otoole CSV folders and workbooks) as carbonpath tables."""
