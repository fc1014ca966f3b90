/// The capabilities of Rust source, as far as its tokens show them.
///
/// The scan finds capabilities by resolved path, texts that are hidden in pieces and encodings, and
/// the files that a source pulls in. It makes one pass over the tokens. It does not expand, compile
/// or run anything.
@NullMarked
package lazaret.vetting.inspect.source;

import org.jspecify.annotations.NullMarked;
