/// Printable forms of foreign text.
@NullMarked
package lazaret.vetting.text;

import org.jspecify.annotations.NullMarked;
