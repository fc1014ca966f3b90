/// Values of the operations on crates or their versions.
@NullMarked
package lazaret.vetting.deskapi.crates;

import org.jspecify.annotations.NullMarked;
