select people.* from identifiers join people using (person) where name = :'who';
