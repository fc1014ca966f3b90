/// Sessions of people, and the roles that they have.
@NullMarked
package lazaret.vetting.access;

import org.jspecify.annotations.NullMarked;
