/// Values of the operations on persons.
@NullMarked
package lazaret.vetting.deskapi.people;

import org.jspecify.annotations.NullMarked;
