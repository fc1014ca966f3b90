@NullMarked
package lazaret.vetting.removal;

import org.jspecify.annotations.NullMarked;
