/// Ranges of syntax in texts of Rust or TOML.
@NullMarked
package lazaret.vetting.inspect.syntax;

import org.jspecify.annotations.NullMarked;
