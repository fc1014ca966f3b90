/// Sessions of persons with their roles.
@NullMarked
package lazaret.vetting.access;

import org.jspecify.annotations.NullMarked;
