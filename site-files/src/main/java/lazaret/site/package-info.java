/// The files of a site by collection.
@NullMarked
package lazaret.site;

import org.jspecify.annotations.NullMarked;
