/// The pages about stored crates, versions in use or anything else that a search finds.
@NullMarked
package lazaret.web.inventory;

import org.jspecify.annotations.NullMarked;
