/// Tests of the desk's API.
@NullMarked
package lazaret.mirror.deskapi;

import org.jspecify.annotations.NullMarked;
