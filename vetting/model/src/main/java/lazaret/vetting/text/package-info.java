/// Forms of text that several modules share.
@NullMarked
package lazaret.vetting.text;

import org.jspecify.annotations.NullMarked;
