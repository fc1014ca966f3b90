/// The documentation of versions as archives of pages.
@NullMarked
package lazaret.documentation;

import org.jspecify.annotations.NullMarked;
