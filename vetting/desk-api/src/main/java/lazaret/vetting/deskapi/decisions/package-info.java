/// Values of the operations on decisions on versions.
@NullMarked
package lazaret.vetting.deskapi.decisions;

import org.jspecify.annotations.NullMarked;
