/// Values of the operations on what a site serves in addition to crates.
@NullMarked
package lazaret.vetting.deskapi.site;

import org.jspecify.annotations.NullMarked;
