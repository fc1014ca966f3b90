@NullMarked
package lazaret.web.people;

import org.jspecify.annotations.NullMarked;
