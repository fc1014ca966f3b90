/// Values of the operations on whole lockfiles.
@NullMarked
package lazaret.vetting.deskapi.lockfiles;

import org.jspecify.annotations.NullMarked;
