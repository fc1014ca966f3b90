/// The page on which a person requests a withheld version.
@NullMarked
package lazaret.web.request;

import org.jspecify.annotations.NullMarked;
