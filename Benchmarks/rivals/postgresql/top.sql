select * from people order by net desc, person limit 20;
