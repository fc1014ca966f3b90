/// What a Rust source could do, as far as its tokens and literals show it: capabilities by resolved
/// path, the texts it hides in pieces and encodings, and the files it pulls in. One pass over the
/// tokens; nothing is expanded, compiled or run.
@NullMarked
package lazaret.vetting.inspect.source;

import org.jspecify.annotations.NullMarked;
