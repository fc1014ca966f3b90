//! Sets the proxies of programs that it starts, and asks cargo itself to go out.
