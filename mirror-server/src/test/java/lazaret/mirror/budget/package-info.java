/// Tests of the budgets: alone, and against a server process with a small heap.
@NullMarked
package lazaret.mirror.budget;

import org.jspecify.annotations.NullMarked;
