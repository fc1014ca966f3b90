/// Values of the operations on private crates.
@NullMarked
package lazaret.vetting.deskapi.hosting;

import org.jspecify.annotations.NullMarked;
