/// The pages about persons with their tokens.
@NullMarked
package lazaret.web.people;

import org.jspecify.annotations.NullMarked;
