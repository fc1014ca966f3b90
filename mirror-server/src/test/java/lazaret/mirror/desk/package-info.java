/// Tests of the desk's API.
@NullMarked
package lazaret.mirror.desk;

import org.jspecify.annotations.NullMarked;
