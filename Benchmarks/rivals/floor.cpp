// What a machine needs at least: nothing but the libraries, one thread, no checks beyond what the job asks for.
//
//   floor ingest none|memory|tree EVENTS DIR    events into a log of compressed blocks; duplicates by the named index
//   floor fold DIR PEOPLE                       the log into a row for each person, in another directory
//   floor answers PEOPLE                        what the rows say, for comparing
//
// c++ -std=c++17 -O3 -march=native floor.cpp -o floor -lsimdjson -llmdb -lzstd -lxxhash
#include <cstdio>
#include <string>

#include "floor/fold.hpp"
#include "floor/ingest.hpp"

namespace {

Index indexNamed(const std::string &name) {
  if (name == "none") return Index::none;
  if (name == "memory") return Index::memory;
  if (name == "tree") return Index::tree;
  fail("no index: " + name);
}

/// Figures over all, which the rows of people do not have.
struct Totals {
  uint64_t events = 0, identifiers = 0, orders = 0;
  int64_t revenue = 0;
};

Totals totals(const Fold &fold) {
  Totals sums{fold.events, fold.identities.count(), 0, 0};
  for (const auto &[id, order] : fold.orders) {
    if (!order.counts()) continue;
    sums.orders++;
    sums.revenue += order.net();
  }
  return sums;
}

void put(MDB_txn *transaction, MDB_dbi rows, uint64_t number, const void *row, size_t size) {
  uint64_t bytes = key(number);
  MDB_val name = value(&bytes, sizeof bytes), content = value(row, size);
  check(mdb_put(transaction, rows, &name, &content, MDB_APPEND), "append");
}

void fold(const std::string &log, const std::string &directory) {
  Store events(log), store(directory);
  Fold fold;
  fold.read(events);
  fold.group();
  Totals sums = totals(fold);
  MDB_txn *transaction = store.begin();
  MDB_dbi rows = table(transaction, "people");
  put(transaction, rows, 0, &sums, sizeof sums);
  for (uint32_t node = 0; node < fold.people.size(); node++)
    if (fold.identities.root(node) == node) put(transaction, rows, node + uint64_t(1), &fold.people[node], sizeof(Person));
  check(mdb_txn_commit(transaction), "commit");
}

void print(const Person &person) {
  std::printf("%u,%ld,%ld,%u,%ld,", person.events, person.firstSeen, person.lastSeen, person.orders, person.net);
  if (person.orders > 0) std::printf("%ld,%ld,%d,%d,%d\n", person.firstOrder, person.lastOrder, person.r, person.f, person.m);
  else std::printf(",,,,\n");
}

void answers(const std::string &directory) {
  Store store(directory);
  MDB_txn *transaction = store.begin(MDB_RDONLY);
  MDB_cursor *cursor;
  check(mdb_cursor_open(transaction, table(transaction, "people", 0), &cursor), "cursor");
  MDB_val name, row;
  Totals sums;
  check(mdb_cursor_get(cursor, &name, &row, MDB_FIRST), "totals");
  std::memcpy(&sums, row.mv_data, sizeof sums);
  std::printf("[%lu, %lu, %lu, %ld]\n", sums.events, sums.identifiers, sums.orders, sums.revenue);
  while (mdb_cursor_get(cursor, &name, &row, MDB_NEXT) == MDB_SUCCESS) {
    Person person;
    std::memcpy(&person, row.mv_data, sizeof person);
    print(person);
  }
  mdb_cursor_close(cursor);
  mdb_txn_abort(transaction);
}

}  // namespace

int main(int count, char **words) {
  std::string job = count > 1 ? words[1] : "";
  if (job == "ingest" && count == 5) std::printf("%lu\n", Ingest(words[4], indexNamed(words[2])).take(words[3]));
  else if (job == "fold" && count == 4) fold(words[2], words[3]);
  else if (job == "answers" && count == 3) answers(words[2]);
  else fail("ingest none|memory|tree EVENTS DIR, fold DIR PEOPLE, answers PEOPLE");
}
