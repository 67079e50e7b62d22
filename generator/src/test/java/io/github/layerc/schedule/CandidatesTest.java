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
