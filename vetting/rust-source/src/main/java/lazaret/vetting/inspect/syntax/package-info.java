/// The syntax of Rust and TOML texts for their display to a reader.
@NullMarked
package lazaret.vetting.inspect.syntax;

import org.jspecify.annotations.NullMarked;
