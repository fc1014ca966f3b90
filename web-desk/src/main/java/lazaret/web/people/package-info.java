/// The pages about persons, tokens and the own choices.
@NullMarked
package lazaret.web.people;

import org.jspecify.annotations.NullMarked;
