/// Tests of the packages that `packaging/build` makes.
@NullMarked
package lazaret.e2e.packages;

import org.jspecify.annotations.NullMarked;
