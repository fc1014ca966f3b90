/// The budgets of memory and work that requests share, and the watch over slow transfers.
@NullMarked
package lazaret.mirror.budget;

import org.jspecify.annotations.NullMarked;
