/// Values of the operations on feeds of advisories.
@NullMarked
package lazaret.vetting.deskapi.feeds;

import org.jspecify.annotations.NullMarked;
