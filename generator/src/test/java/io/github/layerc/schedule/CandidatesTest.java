package io.github.layerc.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Product;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidatesTest {
    private static Network network(String dims) {
        int[] sizes = List.of(dims.split(",", -1)).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
        Network.Builder builder = Network.builder("", "Net").input(Input.flat(sizes[0]));
        for (int i = 1; i < sizes.length; i++) {
            boolean sigmoid = i == sizes.length - 1 || i % 3 == 0;
            builder.layer(sizes[i], sigmoid ? Activation.SIGMOID : Activation.RELU);
        }
        return builder.build();
    }

    /** Everything that may be measured can be emitted, the heuristic's choice and the plain loop are among it, and it is not too much. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "12288,20,7,5,1",
                "784,128,64,10,1",
                "1,1",
                "2,3,1",
                "16,32,32,1",
                "100000,1",
                "3,5000,2",
                "4096,1024,1"
            })
    void areLegalAndBounded(String dims) {
        Network network = network(dims);
        for (Machine machine : List.of(Machine.GENERIC, Machine.AVX512, Machine.NEON)) {
            for (Target target : Target.values()) {
                for (Precision precision : Precision.values()) {
                    Candidates candidates = new Candidates(target, precision, machine);
                    Heuristic heuristic = new Heuristic(target, precision, machine);
                    List<Storage> storages = candidates.storages(network);
                    assertThat(storages).hasSizeLessThanOrEqualTo(Candidates.MOST_STORAGES);
                    assertThat(storages.get(0)).isEqualTo(heuristic.storage(network));
                    for (Storage storage : storages) {
                        assertThat(storage.objection(target, network)).isEmpty();
                        for (Map.Entry<String, Product> each :
                                Products.of(network, storage.layout()).entrySet()) {
                            check(each.getValue(), storage, target, candidates, heuristic);
                        }
                    }
                }
            }
        }
    }

    /** The same of the Gram form, whose tiles divide the units in every way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 20, 33, 5000})
    void areLegalAndBoundedInGramForm(int units) {
        for (Machine machine : Machine.named()) {
            for (Target target : Target.values()) {
                for (Precision precision : Precision.values()) {
                    Candidates candidates = new Candidates(target, precision, machine);
                    GramRules rules = new GramRules(target, units);
                    List<Schedule> tiles = candidates.gramTiles(units);
                    assertThat(tiles)
                            .hasSizeBetween(2, Candidates.MOST_TILES)
                            .doesNotHaveDuplicates()
                            .anyMatch(tile -> tile.mr() == 1 && tile.nr() == 1);
                    assertThat(tiles.get(0)).isEqualTo(new Heuristic(target, precision, machine).gram(units));
                    for (Schedule tile : tiles) {
                        assertThat(rules.objection(tile))
                                .as("%s units, %s", units, tile)
                                .isEmpty();
                        if (tile instanceof Schedule.Tile registers) {
                            assertThat(Heuristic.registers(registers)).isLessThanOrEqualTo(machine.vectorRegisters());
                        }
                        List<Schedule> blocks = candidates.gramBlocks(units, tile, 500);
                        assertThat(blocks)
                                .hasSize(target == Target.SCALAR ? 3 : 0)
                                .doesNotContain(tile)
                                .allMatch(block -> rules.objection(block).isEmpty());
                        assertThat(candidates.gramBlocks(units, tile, 64)).isEmpty();
                    }
                }
            }
        }
    }

    private static void check(
            Product product, Storage storage, Target target, Candidates candidates, Heuristic heuristic) {
        ScheduleRules rules = new ScheduleRules(target, product, storage);
        List<Schedule> tiles = candidates.tiles(product, storage);
        assertThat(tiles).hasSizeLessThanOrEqualTo(Candidates.MOST_TILES).doesNotHaveDuplicates();
        assertThat(tiles.get(0)).isEqualTo(heuristic.schedule(product, storage));
        assertThat(tiles)
                .anyMatch(schedule ->
                        schedule instanceof Schedule.Tile tile && tile.equals(Schedule.tile(tile.lanes(), 1, 1, 0)));
        for (Schedule tile : tiles) {
            assertThat(rules.objection(tile)).as("%s %s", product, tile).isEmpty();
            List<Schedule> blocks = candidates.blocks(product, storage, tile);
            assertThat(blocks).hasSizeLessThanOrEqualTo(Candidates.MOST_BLOCKS).doesNotContain(tile);
            assertThat(blocks).allMatch(block -> rules.objection(block).isEmpty());
        }
    }
}
