@NullMarked
package lazaret.vetting.text;

import org.jspecify.annotations.NullMarked;
