/// Statements of a crate on its own purpose, with which its capabilities are compared.
@NullMarked
package lazaret.vetting.inspect.purpose;

import org.jspecify.annotations.NullMarked;
