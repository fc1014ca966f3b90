/// Values of the operations on what the code of one version can do or did.
@NullMarked
package lazaret.vetting.deskapi.behavior;

import org.jspecify.annotations.NullMarked;
