/// Values of the operations on the difference of the code of two versions.
@NullMarked
package lazaret.vetting.deskapi.diff;

import org.jspecify.annotations.NullMarked;
