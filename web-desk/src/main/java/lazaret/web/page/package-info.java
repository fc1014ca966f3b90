/// The parts that all pages of the desk have.
@NullMarked
package lazaret.web.page;

import org.jspecify.annotations.NullMarked;
