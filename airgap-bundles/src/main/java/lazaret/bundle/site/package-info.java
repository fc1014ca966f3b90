/// The files of a site in bundles.
@NullMarked
package lazaret.bundle.site;

import org.jspecify.annotations.NullMarked;
