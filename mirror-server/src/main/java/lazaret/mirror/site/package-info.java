/// The handlers of what a site serves in addition to public crates.
@NullMarked
package lazaret.mirror.site;

import org.jspecify.annotations.NullMarked;
