/// Values of the operations on stored artifacts.
@NullMarked
package lazaret.vetting.deskapi.retention;

import org.jspecify.annotations.NullMarked;
